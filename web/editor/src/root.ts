// Where the course stands among those of one server.

/** What the addresses of this page's course begin with: "" or "/c/name". */
export const root = /^\/c\/[^/]+/.exec(location.pathname)?.[0] ?? "";

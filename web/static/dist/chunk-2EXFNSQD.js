/* La Manche. Licences of others' code: THIRD_PARTY_LICENSES.txt */
var o=/^\/c\/[^/]+/.exec(location.pathname)?.[0]??"";export{o as a};

/* La Manche. Licences of others' code: THIRD_PARTY_LICENSES.txt */
function n(e){for(let t of document.querySelectorAll("[data-due]"))t.textContent=String(e),t.hidden=e===0}export{n as a};

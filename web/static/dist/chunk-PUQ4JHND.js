/* La Manche. Licences of others' code: THIRD_PARTY_LICENSES.txt */
function n(t,r){try{return t().getItem(r)}catch{return null}}function o(t,r,e){try{t().setItem(r,e)}catch{}}function c(t,r){try{t().removeItem(r)}catch{}}export{n as a,o as b,c};

/* La Manche. Licences of others' code: THIRD_PARTY_LICENSES.txt */
function c(t,e){try{return t().getItem(e)}catch{return null}}function i(t,e,r){try{t().setItem(e,r)}catch{}}function u(t,e){try{t().removeItem(e)}catch{}}function s(t,e){try{let r=t();for(let o=r.length-1;o>=0;o--){let n=r.key(o);n?.startsWith(e)&&r.removeItem(n)}}catch{}}export{c as a,i as b,u as c,s as d};

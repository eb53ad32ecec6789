/* La Manche. Licences of others' code: THIRD_PARTY_LICENSES.txt */
import{A as f,B as g,C as h,D as i,v as a,w as b,x as c,y as d,z as e}from"./chunk-TDJ2MQNR.js";import"./chunk-TMBS2UGJ.js";export{c as compared,b as goTo,h as language,g as layOut,d as mount,i as page,a as setFindings,f as setText,e as unmount};

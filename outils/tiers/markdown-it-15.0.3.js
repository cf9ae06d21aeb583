/*! markdown-it 15.0.3, entities 8.1.0, linkify-it 6.1.0, mdurl 2.1.0, punycode.js 2.3.1, uc.micro 3.0.0, markdown-it-footnote 4.0.0, markdown-it-deflist 4.0.0, markdown-it-abbr 2.0.0 | MIT AND BSD-2-Clause | https://github.com/markdown-it/markdown-it */
export { default } from "markdown-it";
export { default as notes } from "markdown-it-footnote";
export { default as definitions } from "markdown-it-deflist";
export { default as abreviations } from "markdown-it-abbr";

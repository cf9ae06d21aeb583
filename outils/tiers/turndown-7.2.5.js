/*! turndown 7.2.5 | MIT | https://github.com/mixmark-io/turndown */
export { default } from "turndown/lib/turndown.browser.es.js";

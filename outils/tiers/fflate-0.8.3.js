/*! fflate 0.8.3 | MIT | https://github.com/101arrowz/fflate */
// What works without a worker: the policy of the pages refuses those that are made from a text.
export { zipSync } from "fflate";

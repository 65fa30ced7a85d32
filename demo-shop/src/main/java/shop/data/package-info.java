/** Entities and rows, and the repositories over them: what both editions share. */
package shop.data;

/** The error catalogue: what went wrong, grouped, with the way to the traces. */
package shop.errors;

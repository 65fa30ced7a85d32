/** The same services after measuring: same answers, for less. */
package shop.tuned;

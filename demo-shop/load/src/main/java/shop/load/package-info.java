/** The visitors: what they ask the shop for, how often, and what of its answers is quick enough. */
package shop.load;

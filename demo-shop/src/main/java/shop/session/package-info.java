/** Sessions that all instances of the tuned edition share: in Redis, and in a table behind it. */
package shop.session;

/** The shop itself: what it sells, who buys, and the services that the web layer calls. */
package shop;

/** The payment partner and the client that the checkout pays through. */
package shop.payment;

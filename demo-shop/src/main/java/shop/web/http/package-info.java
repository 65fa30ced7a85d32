/** What the tuned edition tells caches of its answers, and when it need not answer in full. */
package shop.web.http;

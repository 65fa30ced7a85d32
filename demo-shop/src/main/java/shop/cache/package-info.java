/** Two tiers of cache, kept right across instances. */
package shop.cache;

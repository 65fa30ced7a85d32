/** What stands before the first request: the servers, the schema's data, the warm cache. */
package shop.setup;

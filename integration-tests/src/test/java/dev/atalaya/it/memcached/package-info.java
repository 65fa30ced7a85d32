/** Memcached through its client: spans, metrics and what is found in loops over it. */
package dev.atalaya.it.memcached;

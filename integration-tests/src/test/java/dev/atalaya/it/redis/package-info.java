/** Redis through real clients and servers. */
package dev.atalaya.it.redis;

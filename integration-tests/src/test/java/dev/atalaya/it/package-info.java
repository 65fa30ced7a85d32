/** The packaged jars, seen from outside: real JVMs, libraries, servers and databases. */
package dev.atalaya.it;

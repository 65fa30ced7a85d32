/** Remote procedure calls, served and sent. */
package dev.atalaya.it.rpc;

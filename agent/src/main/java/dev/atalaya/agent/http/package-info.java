/** HTTP as a client: one POST on a plain socket, or one secured by TLS. */
@NullMarked
package dev.atalaya.agent.http;

import org.jspecify.annotations.NullMarked;

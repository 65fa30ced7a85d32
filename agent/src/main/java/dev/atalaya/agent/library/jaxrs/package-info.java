/** What the implementations of JAX-RS have in common: the paths of its annotations. */
@NullMarked
package dev.atalaya.agent.library.jaxrs;

import org.jspecify.annotations.NullMarked;

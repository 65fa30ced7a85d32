/** Traces that are kept for the console, as encoded bytes. */
@NullMarked
package dev.atalaya.agent.kept;

import org.jspecify.annotations.NullMarked;

/** Asks the database how it would run a slow SELECT. */
@NullMarked
package dev.atalaya.agent.explain;

import org.jspecify.annotations.NullMarked;

/** Watches what the agent costs, and says what it is to leave out. */
@NullMarked
package dev.atalaya.agent.breaker;

import org.jspecify.annotations.NullMarked;

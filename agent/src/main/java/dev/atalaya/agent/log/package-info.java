/**
 * The agent's own log: lines to stderr, for its libraries an slf4j binding and a stand-in for
 * java.util.logging.
 */
@NullMarked
package dev.atalaya.agent.log;

import org.jspecify.annotations.NullMarked;

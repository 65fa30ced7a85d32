/**
 * What Redis clients have in common: its commands, what a connection knows, what spans are called,
 * and the words in which Redis is asked for many at once.
 */
@NullMarked
package dev.atalaya.agent.library.redis;

import org.jspecify.annotations.NullMarked;

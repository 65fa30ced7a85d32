/** What its clients have in common: the words in which Redis is asked for many at once. */
@NullMarked
package dev.atalaya.agent.library.redis;

import org.jspecify.annotations.NullMarked;

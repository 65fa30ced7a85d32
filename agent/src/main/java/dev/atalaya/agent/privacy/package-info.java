/** What may leave of texts, paths, keys and values, and what is folded or hashed. */
@NullMarked
package dev.atalaya.agent.privacy;

import org.jspecify.annotations.NullMarked;

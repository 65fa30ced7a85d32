/** Where the agent keeps what it knows: fields of woven classes, and bounded caches. */
@NullMarked
package dev.atalaya.agent.state;

import org.jspecify.annotations.NullMarked;

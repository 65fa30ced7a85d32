/** What the console's figures are made of, gathered only while somebody looks at them. */
@NullMarked
package dev.atalaya.agent.watch;

import org.jspecify.annotations.NullMarked;

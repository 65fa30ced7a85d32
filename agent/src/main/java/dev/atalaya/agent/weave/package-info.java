/** Turns what instrumentations ask for into one class file transformer. */
@NullMarked
package dev.atalaya.agent.weave;

import org.jspecify.annotations.NullMarked;

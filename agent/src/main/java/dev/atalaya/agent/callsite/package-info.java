/** From a stack to the application's frames: what is the application, and which line calls. */
@NullMarked
package dev.atalaya.agent.callsite;

import org.jspecify.annotations.NullMarked;

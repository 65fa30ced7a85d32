/** Reads a library's objects through their public methods, found by name. */
@NullMarked
package dev.atalaya.agent.reflect;

import org.jspecify.annotations.NullMarked;

/** The agent's assembly: the one class that knows every room, and what it tells of itself. */
@NullMarked
package dev.atalaya.agent;

import org.jspecify.annotations.NullMarked;

/** What the threads of slow requests do, by samples of their stacks. */
@NullMarked
package dev.atalaya.agent.profile;

import org.jspecify.annotations.NullMarked;

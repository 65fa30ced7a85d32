/** The fields that woven classes have for what the agent knows of their objects. */
@NullMarked
package dev.atalaya.agent.state;

import org.jspecify.annotations.NullMarked;

/** The Model Context Protocol: what the API has, as tools that an assistant calls. */
@NullMarked
package dev.atalaya.agent.mcp;

import org.jspecify.annotations.NullMarked;

/** JSON, read and written. */
@NullMarked
package dev.atalaya.agent.json;

import org.jspecify.annotations.NullMarked;

/** jOOQ: queries that are sent row by row. */
@NullMarked
package dev.atalaya.agent.library.jooq;

import org.jspecify.annotations.NullMarked;

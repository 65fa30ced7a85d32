/** SQL texts without their values, their dialects, and what a JDBC URL tells; pure functions. */
@NullMarked
package dev.atalaya.agent.sql;

import org.jspecify.annotations.NullMarked;

/** GraphQL Java, and Spring for GraphQL: fields that are resolved one by one. */
@NullMarked
package dev.atalaya.agent.library.graphql;

import org.jspecify.annotations.NullMarked;

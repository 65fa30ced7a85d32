/** What Spring's functional routers have in common, MVC's and WebFlux'. */
@NullMarked
package dev.atalaya.agent.library.springrouter;

import org.jspecify.annotations.NullMarked;

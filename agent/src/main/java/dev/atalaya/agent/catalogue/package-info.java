/** What libraries there are, by their packages, and what each of them is. */
@NullMarked
package dev.atalaya.agent.catalogue;

import org.jspecify.annotations.NullMarked;

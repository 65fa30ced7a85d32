/** Packs the agent's jar: what is in it, in what form, and under whose licences. */
@NullMarked
package dev.atalaya.packing;

import org.jspecify.annotations.NullMarked;

/**
 * What libraries of reactive streams have in common: the context that a chain was subscribed in,
 * with the subscriber behind its source.
 */
package dev.atalaya.agent.library.reactivestreams;

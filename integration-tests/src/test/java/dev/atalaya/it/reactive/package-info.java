/** Requests through the operators of reactive libraries. */
package dev.atalaya.it.reactive;

/** Requests through real servers, frameworks and clients. */
package dev.atalaya.it.http;

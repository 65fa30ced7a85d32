/** What an application may tell the agent; every call does nothing where there is none. */
package dev.atalaya.api;

/**
 * A stand-in for the part of java.util.logging that the agent's libraries use. The build rewrites
 * their references to it: a server with a log manager of its own must load the real one first.
 */
package dev.atalaya.agent.log.jul;

package dev.atalaya.agent.trace;

/** A task of the agent's that makes the context it runs in: none is handed over with it. */
public interface OwnContext extends Runnable {}

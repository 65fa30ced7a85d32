package app

import io.ktor.http.HttpStatusCode
import io.ktor.http.content.OutgoingContent
import io.ktor.server.application.Application
import io.ktor.server.application.ApplicationCall
import io.ktor.server.application.call
import io.ktor.server.application.install
import io.ktor.server.engine.ApplicationEngine
import io.ktor.server.engine.ApplicationEngineFactory
import io.ktor.server.engine.embeddedServer
import io.ktor.server.plugins.statuspages.StatusPages
import io.ktor.server.response.respond
import io.ktor.server.response.respondOutputStream
import io.ktor.server.response.respondText
import io.ktor.server.routing.get
import io.ktor.server.routing.route
import io.ktor.server.routing.routing
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.ByteWriteChannel
import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext

/** Ktor on the engine whose object the argument names. */
object KtorApp {
  @JvmStatic
  fun main(args: Array<String>) {
    OrderPages.create()
    val factory = Class.forName(args[0]).getField("INSTANCE").get(null)
    @Suppress("UNCHECKED_CAST")
    val server: Any =
        embeddedServer(
            factory as ApplicationEngineFactory<ApplicationEngine, ApplicationEngine.Configuration>,
            port = 0,
            host = "127.0.0.1",
            module = { shop() },
        )
    server.javaClass.getMethod("start", Boolean::class.java).invoke(server, false)
    println("READY " + runBlocking { engine(server).resolvedConnectors().first().port })
    Thread.currentThread().join() // the threads of an engine may be daemons
  }

  /** Since 3 the server has an engine, before it was one. */
  private fun engine(server: Any): ApplicationEngine =
      if (server is ApplicationEngine) server
      else server.javaClass.getMethod("getEngine").invoke(server) as ApplicationEngine

  private fun Application.shop() {
    install(StatusPages) {
      exception<IllegalArgumentException> { call, _ -> refuse(call, 422) }
      exception<UnsupportedOperationException> { call, _ -> refuse(call, 503) }
    }
    routing {
      route("/shop") {
        route("/orders/{id}") {
          get { call.respondText(OrderPages.order(call.parameters["id"])) }
          get("/lines/{line}") { call.respondText(OrderPages.order(call.parameters["line"])) }
          get("/refused") { call.respondText(OrderPages.refused()) }
          get("/unavailable") { call.respondText(OrderPages.unavailable()) }
          get("/broken") { call.respondText(OrderPages.broken()) }
          get("/later") {
            delay(100)
            val text = withContext(Dispatchers.IO) { OrderPages.order(call.parameters["id"]) }
            call.respondText(text)
          }
          get("/later-broken") {
            delay(50)
            call.respondText(withContext(Dispatchers.IO) { OrderPages.broken() })
          }
          get("/repeated") {
            val text = StringBuilder()
            repeat(4) {
              delay(1)
              text.append(OrderPages.order(call.parameters["id"]))
            }
            call.respondText(text.toString())
          }
          get("/upgraded") { call.respond(Upgraded()) }
          get("/stream") { call.respondOutputStream { OrderPages.stream(this) } }
        }
      }
    }
  }

  private suspend fun refuse(call: ApplicationCall, status: Int) {
    call.respondText("refused", status = HttpStatusCode.fromValue(status))
  }

  /** What goes on for a while after its request was answered. */
  private class Upgraded : OutgoingContent.ProtocolUpgrade() {
    override suspend fun upgrade(
        input: ByteReadChannel,
        output: ByteWriteChannel,
        engineContext: CoroutineContext,
        userContext: CoroutineContext,
    ): Job = CoroutineScope(userContext).launch { delay(10_000) }
  }
}

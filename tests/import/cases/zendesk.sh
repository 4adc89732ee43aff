# Users, tickets, comments and chats; notes and events are skipped.
import zendesk zendesk_user.csv
import zendesk zendesk_ticket.csv
import zendesk zendesk_ticket_comment.csv
import zendesk zendesk_ticket_chat_event.csv
show 'SELECT messages.*, key FROM messages JOIN import_lines ON message_id = id'
show 'SELECT file, line, reason, value, raw FROM import_refused'

"""The plain Python loop over the rows with a dictionary: what an analyst writes where the window SQL is
too slow or too hard. Rows come in the order of time, as they were stored; only the integer variant."""


def as_rows(**columns):
    names = list(columns)
    return [dict(zip(names, row)) for row in zip(*columns.values())]


def responses(connection, by_day):
    asked, count, total = {}, {}, {}
    sql = "SELECT agent, customer, sent_at, sender FROM messages NOT INDEXED WHERE is_auto = 0"
    for agent, customer, sent_at, sender in connection.execute(sql):
        day = (sent_at + 28800) // 86400
        conversation = agent, customer, day
        if sender == "customer":
            if conversation not in asked:
                asked[conversation] = sent_at
        elif conversation in asked:
            group = (agent, day) if by_day else agent
            count[group] = count.get(group, 0) + 1
            total[group] = total.get(group, 0) + sent_at - asked.pop(conversation)
    means = [total[group] / count[group] for group in count]
    if by_day:
        return as_rows(agent=[agent for agent, day in count], day=[day for agent, day in count],
                       responses=count.values(), mean=means)
    return as_rows(agent=count, responses=count.values(), mean=means)


def conversion(connection):
    customers, orderers = {}, {}
    sql = "SELECT agent, customer, ordered_at FROM inquiries NOT INDEXED"
    for agent, customer, ordered_at in connection.execute(sql):
        if agent not in customers:
            customers[agent], orderers[agent] = set(), set()
        customers[agent].add(customer)
        if ordered_at is not None:
            orderers[agent].add(customer)
    return as_rows(agent=customers,
                   rate=[len(orderers[agent]) / len(customers[agent]) for agent in customers])


def success(connection):
    customers, happy = {}, {}
    sql = "SELECT agent, customer, asked_at, paid_at FROM inquiries NOT INDEXED"
    for agent, customer, asked_at, paid_at in connection.execute(sql):
        if agent not in customers:
            customers[agent], happy[agent] = set(), set()
        customers[agent].add(customer)
        if paid_at is not None and (paid_at + 28800) // 86400 - (asked_at + 28800) // 86400 <= 1:
            happy[agent].add(customer)
    return as_rows(agent=customers,
                   rate=[len(happy[agent]) / len(customers[agent]) for agent in customers])


def deals_by_day(connection):
    customers, orderers, happy = {}, {}, {}
    sql = "SELECT agent, customer, asked_at, ordered_at, paid_at FROM inquiries NOT INDEXED"
    for agent, customer, asked_at, ordered_at, paid_at in connection.execute(sql):
        day = (asked_at + 28800) // 86400
        group = agent, day
        if group not in customers:
            customers[group], orderers[group], happy[group] = set(), set(), set()
        customers[group].add(customer)
        if ordered_at is not None:
            orderers[group].add(customer)
        if paid_at is not None and (paid_at + 28800) // 86400 - day <= 1:
            happy[group].add(customer)
    return as_rows(agent=[agent for agent, day in customers], day=[day for agent, day in customers],
                   rate=[len(orderers[g]) / len(customers[g]) for g in customers],
                   success=[len(happy[g]) / len(customers[g]) for g in customers])


def commission(connection):
    sales = {}
    for agent, amount in connection.execute("SELECT agent, amount FROM inquiries NOT INDEXED"):
        if amount is not None:
            sales[agent] = sales.get(agent, 0) + amount
    tiers = [(0, 0.005), (100000, 0.008), (1000000, 0.012)]
    ends = [tier[0] for tier in tiers[1:]] + [float("inf")]
    return as_rows(agent=sales, sales=sales.values(),
                   commission=[sum(rate * max(0, min(amount, end) - start)
                                   for (start, rate), end in zip(tiers, ends))
                               for amount in sales.values()])


LOOPS = {
    "K1": lambda connection: responses(connection, by_day=False),
    "K2": conversion,
    "K3": success,
    "K4-chats": lambda connection: responses(connection, by_day=True),
    "K4-deals": deals_by_day,
    "K5": commission,
}
